"""The case report: one content, written as PDF and as one self-contained HTML file."""

from pathlib import Path

from palermo.share.format import Dossier
from palermo.share.paper import findings, opening, picture, schedules
from palermo.share.paper.blocks import Paper, value
from palermo.share.paper.cite import Sources
from palermo.share.paper.html import to_html
from palermo.share.paper.pdf import to_pdf


class Report:
    """Writes the case report as a PDF and as one HTML file, every statement with its exhibit."""

    name = "report"
    version = "1"

    def write(self, dossier: Dossier, folder: Path) -> list[Path]:
        paper = compose(dossier)
        html, pdf = folder / "report.html", folder / "report.pdf"
        html.write_text(to_html(paper), encoding="utf-8", newline="\n")
        pdf.write_bytes(to_pdf(paper))
        return [html, pdf]


def compose(dossier: Dossier) -> Paper:
    """Return what the report says; its length is bounded by what people reviewed."""
    shared = picture.hubs(dossier)
    ids = findings.wanted(dossier) | schedules.wanted(dossier)
    sources = Sources(dossier, ids.union(*(hub["links"] for hub in shared)))
    return Paper(
        title="Case report",
        subtitle=value(dossier.case),
        handling=value(dossier.handling),
        footer=value(f"For {dossier.recipient} · run {dossier.run}"),
        made=dossier.made.isoformat(),
        author=value(dossier.made_by),
        cover=opening.cover(dossier),
        blocks=(
            *opening.summary(dossier),
            *findings.findings(dossier, sources),
            *picture.persons(dossier),
            *picture.identities(dossier, sources, shared),
            *findings.movements(dossier, sources),
            *picture.chronology(dossier, sources),
            *schedules.exhibits(dossier, sources),
            *schedules.disclosure(dossier, sources),
            *schedules.decisions(dossier, sources),
            *schedules.problems(dossier),
            *schedules.withheld(dossier),
            *schedules.verifying(dossier),
        ),
    )
