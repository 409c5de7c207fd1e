# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes rows of cells as text, as a workbook or as a web page."""

import zipfile
from xml.sax.saxutils import escape

from printed_cells import Date, DayFraction


def write_text(path, rows, separator=",", encoding="utf-8", comma=False, ends="\r\n", tail=False,
               thousands=False, quotes=False):
    def cell(text):
        whole = text.partition(".")[0].lstrip("-")
        if thousands and "." in text and whole.isdigit() and len(whole) > 3:
            text = f"{float(text):,.{len(text.partition('.')[2])}f}"
        if comma and text.count(".") == 1 and text.replace(".", "").lstrip("-").isdigit():
            text = text.replace(".", ",")
        return f'"{text}"' if quotes or separator in text else text
    width = separator if tail else ""
    text = "".join(separator.join(map(cell, row)) + (width if i else "") + ends
                   for i, row in enumerate(rows))
    with open(path, "wb") as f:
        f.write(text.encode(encoding))


def write_html(path, rows):
    """A web page named .xls, which spreadsheet programs open as a sheet"""
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    with open(path, "w", encoding="utf-8") as f:
        f.write('<html><head><meta charset="utf-8"></head><body><table>\n' + "\n".join(lines)
                + "\n</table></body></html>\n")


def column_name(i):
    return (column_name(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def is_number(text):
    return text.replace(".", "", 1).lstrip("-").isdigit()


def sheet_xml(rows, strings):
    """strings: a dict that collects shared strings, or None for strings in their cells"""
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
           '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for i, row in enumerate(rows, 1):
        out.append(f'<row r="{i}">')
        for j, cell in enumerate(row):
            at = f'r="{column_name(j)}{i}"'
            if isinstance(cell, DayFraction):
                out.append(f'<c {at} s="1"><v>{float(cell)!r}</v></c>')
            elif isinstance(cell, Date):
                out.append(f'<c {at} s="2"><v>{float(cell)!r}</v></c>')
            elif cell == "":
                continue
            elif is_number(cell):
                out.append(f"<c {at}><v>{cell}</v></c>")
            elif strings is None:
                out.append(f'<c {at} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
            else:
                out.append(f'<c {at} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>')
        out.append("</row>")
    return "".join(out) + "</sheetData></worksheet>"


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1">'
          '<numFmt numFmtId="164" formatCode="[h]:mm:ss.000"/></numFmts>'
          '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
          '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
          '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/>'
          '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>')


def write_xlsx(path, sheets, shared):
    """sheets: (name, rows) in order"""
    strings = {} if shared else None
    parts = {f"xl/worksheets/sheet{i}.xml": sheet_xml(rows, strings)
             for i, (_, rows) in enumerate(sheets, 1)}
    parts["xl/styles.xml"] = STYLES
    links = [(f"worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(sheets) + 1)]
    links.append(("styles.xml", "styles"))
    if shared:
        links.append(("sharedStrings.xml", "sharedStrings"))
        parts["xl/sharedStrings.xml"] = (
            f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'
            + "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
            + "</sst>")
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                  for i, (name, _) in enumerate(sheets, 1)) + "</sheets></workbook>")
    parts["xl/_rels/workbook.xml.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                  for i, (target, kind) in enumerate(links, 1)) + "</Relationships>")
    parts["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    overrides = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles"}
    overrides |= {f"/xl/worksheets/sheet{i}.xml": "worksheet" for i in range(1, len(sheets) + 1)}
    if shared:
        overrides["/xl/sharedStrings.xml"] = "sharedStrings"
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{TYPE}.{kind}+xml"/>'
                  for part, kind in overrides.items()) + "</Types>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 5, 9, 30, 0)), parts[name])
