// The queue of what the machine suggests; a person decides each, with a reason.
import { useCallback, useState } from "react";
import { useQueue } from "@/api/get-queue";
import type { Queue } from "@/api/types";
import { Answered } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { KindMark, RiskMark, Score } from "@/components/marks";
import { Page, Panel } from "@/components/panel";
import { useParams } from "@/lib/url";
import { useWalk } from "@/lib/walk";
import { count, readable } from "@/lib/words";
import { t } from "@/strings";
import { riskOf, type Waiting, waiting } from "../lib/waiting";
import { ACTS, type Act, Deciding, possible } from "./deciding";
import { Evidence } from "./evidence";
import { Log } from "./log";
import "./review.css";

export default function Review() {
  const [params, change] = useParams();
  const log = params.get("log") === "1";
  return (
    <Page
      title={t.queue.title}
      help={t.queue.help}
      side={
        <button
          type="button"
          className="button"
          aria-pressed={log}
          onClick={() => change({ log: log ? "" : "1" })}
        >
          {t.queue.log}
        </button>
      }
    >
      {log ? (
        <Log />
      ) : (
        <Answered query={useQueue()}>{(queue) => <Waits queue={queue} />}</Answered>
      )}
    </Page>
  );
}

function Waits({ queue }: { queue: Queue }) {
  const [params, change] = useParams();
  const kind = params.get("kind") ?? "";
  const kinds = [...new Set(waiting(queue).map(kindOf))].sort();
  const all = waiting(queue).filter((one) => !kind || kindOf(one) === kind);
  const [act, setAct] = useState<Act>();
  const [said, setSaid] = useState("");
  const asked = params.get("id");
  const press = useCallback((key: string) => {
    const found = ACTS.find((one) => one.key === key);
    if (found) setAct(found);
    if (key === "Escape") setAct(undefined);
    return found !== undefined;
  }, []);
  const [walked, walk] = useWalk(all.length, press);
  const wanted = asked ? all.findIndex((one) => one.id === asked) : -1;
  const at = wanted >= 0 ? wanted : walked;
  const one = all[at];
  const go = (place: number) => {
    walk(place);
    setAct(undefined);
    if (asked) change({ id: "" }, true);
  };
  if (!one)
    return (
      <>
        {said && <p className="notice good">{said}</p>}
        <p className="panel empty">{t.queue.empty}</p>
      </>
    );
  return (
    <div className="queue">
      <Panel
        title={
          queue.at_risk > 0
            ? `${t.queue.waiting(count(queue.total))}. ${t.risk.waiting(count(queue.at_risk))}`
            : t.queue.waiting(count(queue.total))
        }
        side={
          <select
            className="input"
            aria-label={t.queue.kind}
            value={kind}
            onChange={(event) => change({ kind: event.target.value, id: "" })}
          >
            <option value="">{t.all}</option>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {readable(each)}
              </option>
            ))}
          </select>
        }
        bare
      >
        <ol className="waiting">
          {all.map((each, i) => (
            <li key={each.id} data-id={each.id}>
              <button type="button" aria-current={i === at || undefined} onClick={() => go(i)}>
                <Named one={each} />
              </button>
            </li>
          ))}
        </ol>
      </Panel>
      <div className="stack">
        {said && (
          <p className="notice good" role="status">
            {said}
          </p>
        )}
        <Evidence one={one} />
        <Deciding
          key={one.id}
          one={one}
          act={act}
          choose={setAct}
          decided={(name) => {
            setAct(undefined);
            setSaid(t.queue.decidedNote(name, count(Math.max(0, queue.total - 1))));
            if (asked) change({ id: "" }, true);
          }}
        />
        <p className="soft small">{t.queue.keys(keys(one))}</p>
      </div>
    </div>
  );
}

/** The keys of the acts that are offered for what is shown, and no others. */
const keys = (one: Waiting) =>
  possible(one)
    .map((act) => `${act.key} ${act.label.toLowerCase()}`)
    .join(", ");

const kindOf = (one: Waiting) =>
  one.what === "link" ? one.link.kind : one.what === "finding" ? one.finding.kind : one.what;

function Named({ one }: { one: Waiting }) {
  if (one.what === "person")
    return (
      <>
        <EvidenceWords text={one.person.label} />
        <RiskMark risk={one.person.risk} />
        <span className="soft small">{t.item.kinds["person"]}</span>
      </>
    );
  if (one.what === "event")
    return (
      <>
        <EvidenceWords text={(one.event.title || one.event.text).slice(0, 90)} />
        <RiskMark risk={one.event.risk} />
        <span className="small">
          <KindMark kind={one.event.kind} />
        </span>
      </>
    );
  const { kind, score } = one.what === "link" ? one.link : one.finding;
  return (
    <>
      {one.what === "link" ? (
        <span>
          <EvidenceWords text={one.link.a.shown} /> — <EvidenceWords text={one.link.b.shown} />
        </span>
      ) : (
        <EvidenceWords text={one.finding.title} />
      )}
      <RiskMark risk={riskOf(one)} />
      <span className="row small">
        <span className="soft">
          {t.item.kinds[one.what]}, {readable(kind)}
        </span>
        <Score score={score} />
      </span>
    </>
  );
}
