"""Several boxes in one call: read them, or move them to another pipeline (Streak API contract §3.6)."""

from collections.abc import Collection

from streak_infor_orchestration.streak.api import batches, explain, page_of
from streak_infor_orchestration.streak.boxes import Boxes
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.wire import BoxWire
from streak_infor_orchestration.transport.http import segment


class BoxBatches(Boxes):
    def boxes_of(self, pipeline_key: str, keys: Collection[str]) -> dict[str, Box]:
        """Those that exist in this pipeline, by key. Raises `Unreadable` rather than leave one out."""
        decode = page_of(self._whole("boxes", BoxWire.model_validate))
        path = f"/v1/pipelines/{segment(pipeline_key)}/boxes/batch/"
        found: dict[str, Box] = {}
        for batch in batches(keys):
            read = self.http.read("POST", path, json=batch, decode=decode, explain=explain)
            found |= {wire.key: self._decoded(wire) for wire in read.items}
        return found

    def move_boxes(self, pipeline_key: str, keys: Collection[str], to_pipeline_key: str) -> None:
        """From one pipeline to another: what becomes of stage and fields is Streak's to say. All or none."""
        path = f"/v2/pipelines/{segment(pipeline_key)}/boxes/batch"
        body = [{"key": key, "boxKey": key, "pipelineKey": to_pipeline_key} for key in dict.fromkeys(keys)]
        self.http.write("POST", path, json=body, decode=page_of(tuple), explain=explain)
