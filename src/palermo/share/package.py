"""A package: what was cleared, written for its recipient and put on record row by row."""

import json
import shutil
import uuid

import sqlalchemy as sa

from palermo import answers
from palermo.custody.log import Act, canonical
from palermo.custody.vault import digest_of
from palermo.safeguards.permit import Gate, Permit
from palermo.share.clearance import clear
from palermo.share.format import Dossier, Format
from palermo.share.last_look import judge
from palermo.share.views import Views
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import identify


def share(
    case: Case, gate: Gate, permit: Permit, views: Views, format: Format, to: str
) -> answers.Shared:
    """Clear, judge once more what was cleared, write, and record exactly what left.

    `views`: the case as it may leave for `to`, and the whole of it.
    """
    dossier = clear(case, permit, views, to)
    judge(case, gate, permit, views, dossier)
    draft = case.folder / "packages" / f"draft-{uuid.uuid4().hex[:12]}"
    draft.mkdir(parents=True)
    try:
        files = {path.name: digest_of(path) for path in format.write(dossier, draft)}
        rows = {
            name: getattr(dossier, name)["id"].to_pylist()
            for name in ("exhibits", "events", "claims", "links", "findings")
        }
        id = identify("k", to, permit.purpose, canonical(files), dossier.made.isoformat())
        about = {
            "package": id,
            "case": dossier.case,
            "recipient": to,
            "purpose": permit.purpose,
            "profile": dossier.profile,
            "necessity": dossier.necessity,
            "scope": dossier.scope,
            "handling": dossier.handling,
            "made": dossier.made.isoformat(),
            "files": files,
            "custody": f"{dossier.custody_entries}:{dossier.custody_head}",
            "withheld": dossier.withheld,
        }
        label = draft / "package.json"
        label.write_text(json.dumps(about, indent=1), encoding="utf-8")
        files[label.name] = digest_of(label)
        folder = draft.with_name(id)
        with case.catalogue.write() as connection:
            _record(connection, case, permit, dossier, id, format.name, files, rows)
            draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return answers.Shared(
        package=id,
        folder=str(folder),
        files=[*files],
        rows={name: len(ids) for name, ids in rows.items()},
        withheld=dossier.withheld,
    )


def _record(
    connection: sa.Connection,
    case: Case,
    permit: Permit,
    dossier: Dossier,
    id: str,
    format: str,
    files: dict[str, str],
    rows: dict[str, list[str]],
) -> None:
    connection.execute(
        sa.insert(c.package).values(
            id=id,
            at=dossier.made,
            recipient=dossier.recipient,
            purpose=dossier.purpose,
            format=format,
            folder=id,
            files=files,
            rows=rows,
            run=dossier.run,
            permit=permit.number,
        )
    )
    detail = {"package": id, "recipient": dossier.recipient, "files": files}
    act = Act(
        act="share",
        actor=permit.actor,
        permit=permit.number,
        subject=id,
        detail=detail,
        rows={"package": [id]},
    )
    case.log.append(connection, act)
