import pytest

from editor.capability.catalog import load
from editor.errors import TableError
from editor.providers.form_edits import FormEdits
from editor.providers.table import dialect


def test_a_dialect_is_found_by_its_name():
    assert isinstance(dialect("form-edits"), FormEdits)


def test_a_name_that_is_none_is_told():
    with pytest.raises(TableError, match="no dialect morse; there are form-edits"):
        dialect("morse")


def test_every_remote_provider_of_the_table_is_spoken():
    for provider in load().providers:
        if provider.engine == "remote":
            dialect(provider.dialect)
