"""What the company's own people maintain: vendors, employees, accounts (Infor API contract C.5)."""

from collections.abc import Mapping

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.master_data import Employee, GLAccount, Vendor
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.infor.syteline.ido import Row
from streak_infor_orchestration.infor.syteline.listed import ListedCollection
from streak_infor_orchestration.infor.syteline.orders import text
from streak_infor_orchestration.infor.syteline.wire import AccountRow, EmployeeRow, VendorRow


class Vendors(ListedCollection[Vendor, VendorRow]):
    entity = "vendors"
    wire = VendorRow

    @property
    def filters(self) -> Mapping[str, str]:
        return {"name": "Name"}

    def make(self, row: Row, beside: None) -> Vendor:
        vendor = VendorRow.model_validate(row)
        return Vendor(
            id=vendor.vend_num,
            **self.times(vendor),
            name=vendor.name,
            currency=vendor.curr_code,
            status=vendor.stat,
        )


class Employees(ListedCollection[Employee, EmployeeRow]):
    """The employees; one with a day of leaving is not active any more."""

    entity = "employees"
    wire = EmployeeRow

    @property
    def filters(self) -> Mapping[str, str]:
        email = self.section.employee_email
        return {"email": email} if email else {}

    @property
    def properties(self) -> tuple[str, ...]:
        return (*EmployeeRow.properties(), *filter(None, (self.section.employee_email,)))

    def by_email(self, email: str) -> Employee | None:
        """An active one first. Raises Misconfigured where employees have no e-mail address."""
        if not self.filters:
            raise Misconfigured(
                "SyteLine's employees have no e-mail address that we know of: name its property in erp.employee_email",
                code=SetupCode.NO_SUCH_FILTER,
                field="employee_email",
            )
        found = self.matching(email=email)
        return next((employee for employee in found if employee.active), None) or next(iter(found), None)

    def make(self, row: Row, beside: None) -> Employee:
        employee = EmployeeRow.model_validate(row)
        return Employee(
            id=employee.emp_num,
            **self.times(employee),
            name=employee.name,
            email=text(row, self.section.employee_email),
            active=employee.term_date is None,
        )


class ChartOfAccounts(ListedCollection[GLAccount, AccountRow]):
    entity = "gl_accounts"
    wire = AccountRow

    def make(self, row: Row, beside: None) -> GLAccount:
        account = AccountRow.model_validate(row)
        return GLAccount(
            id=account.acct,
            **self.times(account),
            description=account.description,
            type=account.type,
        )
