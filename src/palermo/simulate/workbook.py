"""Saves workbooks so that the same cells give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook

FIXED = datetime(2025, 1, 1)


def workbook(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """Return an XLSX file; times of saving are set to a fixed day."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    raw, out = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                stamp = FIXED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, data)
            info = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            info.create_system = 3
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
