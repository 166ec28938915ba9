// Counts of events by kind, place, month, day and site; each narrows the search.
import { KindMark } from "@/components/marks";
import { Panel } from "@/components/panel";
import { useParams } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";
import "./facets.css";

const SHOWN = 8;

export function Facets({ facets }: { facets: Record<string, Record<string, number>> }) {
  const [params, change] = useParams();
  const oneMonth = Object.keys(facets["month"] ?? {}).length === 1;
  const narrowed = ["kind", "place", "site", "since", "until"].some((name) => params.has(name));
  return (
    <div className="stack">
      <Panel
        title={t.item.time}
        side={
          narrowed && (
            <button
              type="button"
              className="button quiet"
              onClick={() => change({ kind: "", place: "", site: "", since: "", until: "", offset: "" })}
            >
              {t.search.clear}
            </button>
          )
        }
      >
        <div className="row">
          {(["since", "until"] as const).map((name) => (
            <label key={name} className="field" style={{ flex: 1 }}>
              <span>{t.search[name]}</span>
              <input
                type="date"
                className="input"
                value={params.get(name) ?? ""}
                onChange={(event) => change({ [name]: event.target.value, offset: "" })}
              />
            </label>
          ))}
        </div>
      </Panel>
      {["kind", "place", oneMonth ? "day" : "month", "site"].map((name) => (
        <Facet key={name} name={name} counts={facets[name] ?? {}} />
      ))}
    </div>
  );
}

function Facet({ name, counts }: { name: string; counts: Record<string, number> }) {
  const [params, change] = useParams();
  const rows = Object.entries(counts);
  const dated = name === "month" || name === "day";
  rows.sort((a, b) => (dated ? a[0].localeCompare(b[0]) : b[1] - a[1]));
  if (!rows.length) return null;
  const chosen =
    name === "month"
      ? monthOf(params.get("since"), params.get("until"))
      : params.get(name === "day" ? "since" : name);
  const choose = (value: string) => {
    const on = value !== chosen;
    const days = name === "day" ? { since: value, until: value } : month(value);
    if (dated) change({ ...(on ? days : { since: "", until: "" }), offset: "" });
    else change({ [name]: on ? value : "", offset: "" });
  };
  return (
    <Panel title={t.search.facets[name] ?? name} bare>
      <ul className="facet">
        {rows.slice(0, dated ? 36 : SHOWN).map(([value, n]) => (
          <li key={value}>
            <button
              type="button"
              className="choice"
              aria-pressed={value === chosen}
              onClick={() => choose(value)}
            >
              {name === "kind" ? <KindMark kind={value} /> : <bdi>{value}</bdi>}
              <span className="soft">{count(n)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function month(value: string) {
  const [year = 0, number = 1] = value.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { since: `${value}-01`, until: `${value}-${last}` };
}

function monthOf(since: string | null, until: string | null): string | null {
  const value = since?.slice(0, 7) ?? "";
  return value && month(value).since === since && month(value).until === until ? value : null;
}
