// The bar above: whose timeline it is, which kinds are shown, and the time as dates.
import { Link } from "wouter";
import type { Event } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { KindMark } from "@/components/marks";
import { useShown } from "@/api/get-show";
import { itemUrl, useParams } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";
import { CAP } from "../api/get-timeline";

interface Props {
  events: Event[];
  total: number;
  shown: number;
  id: string | undefined;
}

export function Bar({ events, total, shown, id }: Props) {
  const [params, change] = useParams();
  const kinds = [...new Set(events.map((event) => event.kind))].sort();
  const hidden = new Set((params.get("off") ?? "").split(",").filter(Boolean));
  const toggle = (kind: string) => {
    if (!hidden.delete(kind)) hidden.add(kind);
    change({ off: [...hidden].join(",") }, true);
  };
  return (
    <header className="bar row">
      <h1 className="row">
        {t.timeline.title} <Focus id={id} />
      </h1>
      <div className="row" role="group" aria-label={t.timeline.kinds}>
        {kinds.map((kind) => (
          <button
            type="button"
            key={kind}
            className="button small"
            aria-pressed={!hidden.has(kind)}
            onClick={() => toggle(kind)}
          >
            <KindMark kind={kind} />
          </button>
        ))}
      </div>
      <span className="row small" style={{ marginInlineStart: "auto" }}>
        <span className="soft" role="status">
          {t.timeline.shown(count(shown), count(total))}
          {total > CAP && ` · ${t.timeline.cap(count(CAP))}`}
        </span>
        {(["since", "until"] as const).map((name) => (
          <label key={name} className="row" style={{ gap: 4 }}>
            {t.timeline[name]}
            <input
              type="date"
              className="input"
              style={{ width: 138 }}
              value={params.get(name) ?? ""}
              onChange={(event) => change({ [name]: event.target.value })}
            />
          </label>
        ))}
        <button
          type="button"
          className="button"
          disabled={!params.has("since") && !params.has("until")}
          onClick={() => change({ since: "", until: "" })}
        >
          {t.timeline.clear}
        </button>
      </span>
    </header>
  );
}

function Focus({ id }: { id: string | undefined }) {
  const [, change] = useParams();
  const shown = useShown(id).data;
  if (!id) return <span className="badge">{t.timeline.everybody}</span>;
  const name = shown?.identity?.label ?? shown?.node?.shown ?? shown?.person?.label ?? id;
  return (
    <span className="badge">
      {t.timeline.of}{" "}
      <Link href={itemUrl(id)}>
        <EvidenceWords text={name} />
      </Link>
      <button
        type="button"
        className="button quiet small"
        aria-label={t.timeline.everybody}
        onClick={() => change({ id: "", pick: "" })}
      >
        ✕
      </button>
    </span>
  );
}
