"""The Infor façade (`/infor/api/v1`): the one ERP contract in this project that is not a vendor's product."""
