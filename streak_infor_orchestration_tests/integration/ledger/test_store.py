from datetime import timedelta
from streak_infor_orchestration.ledger.inbox import Event
from streak_infor_orchestration.ledger.links import Link

def test_smoke(store, clock, lease_clock):
    inbox = store.inbox
    assert inbox.record([Event("streak","BOX_EDIT","deal","b1",min_version=5,correlation_id="c"), Event("streak","BOX_EDIT","deal","b1"), Event("erp","x","erp_order","7",lane="bulk")])==2
    assert inbox.pending('deal','b1').leased is False
    print(inbox.due(["deal"]), inbox.counts(), inbox.pending("deal","b1"))
    c = inbox.claim(kinds=["deal","erp_order"], owner="me", limit=5)
    assert [x.key for x in c]==["b1","7"]
    assert inbox.claim(kinds=["deal","erp_order"], owner="me", limit=5)==[]
    assert inbox.renew(c)=={"b1","7"}
    assert inbox.holds(c[0])
    inbox.record([Event("streak","BOX_EDIT","deal","b1")])
    assert inbox.settle(c[0]) and inbox.pending("deal","b1").due_at
    assert not inbox.settle(c[0])
    lease_clock.advance(21)
    assert not inbox.holds(c[1])
    assert inbox.renew(c)==set()
    inbox.note_own_version("deal","b1",9)
    inbox.note_own_version("deal","b9",9)
    assert inbox.record([Event("streak","BOX_EDIT","deal","b1",min_version=9)])==0
    print(inbox.events("deal","b1"))
    assert inbox.lag()==0
    clock.advance(3)
    assert inbox.lag()==3
    e = store.effects.plan("deal:b1:sales_order:1", shape="create", body={"b":1,"a":"ü"}, subject="b1")
    now=clock.now()
    s = store.effects.mark_sent(e, settle_until=now, call_deadline=now, token="t", run_id="r")
    assert s and store.effects.mark_sent(e, settle_until=now, call_deadline=now, token="t", run_id="r") is None
    assert store.effects.record_step(s,"head",{"id":1})
    assert store.effects.unsettled()
    done = store.effects.confirm(s, external_id="O1", result={}, link=Link("order","b1","O1"))
    assert done.steps=={"head":{"id":1}}
    assert store.links.erp_key("order","b1")=="O1"
    g = store.effects.open_generation(done, by="anna", link=Link("order","b1","O1"))
    assert store.effects.generation("deal:b1:sales_order")==2
    d = store.dead_letters.open("deal","b1",error_class="Rejected",code="x",message="m",diagnosis={},attempts=1)
    d = store.dead_letters.open("deal","b1",error_class="Rejected",code="x",message="m",diagnosis={},attempts=1)
    assert d.occurrences==2 and store.dead_letters.count_open()==1
    assert store.dead_letters.resolve("deal","b1",by="anna",how="fixed")
    store.advance([Event("erp","poll","erp_order","8")],"orders",now)
    store.watermarks.set("orders", now-timedelta(1)); assert store.watermarks.get("orders")==now
    assert store.nudges.acquire("x") and not store.nudges.acquire("x")
    p=store.pauses.pause("erp","down",10); assert not store.pauses.may_probe("erp"); clock.advance(10); assert store.pauses.may_probe("erp") and not store.pauses.may_probe("erp")
    assert store.pauses.resume("erp")
    store.outcomes.append("deal","b1",run_id="r",correlation_id="c",status="done",started_at=now,finished_at=now,summary={"a":1})
    print(store.outcomes.recent(), store.audit.recent(), store.epoch)
