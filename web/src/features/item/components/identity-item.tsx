// An identity: values held together by links and decisions; computed, and open to be taken apart.
import { Link } from "wouter";
import type { Identity } from "@/api/types";
import { AskButton, RiskButton } from "@/components/ask";
import { EvidenceWords } from "@/components/evidence-text";
import { KindMark, RiskMark } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { day } from "@/lib/time";
import { withParams } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";
import { Leads } from "./leads";
import { OpenPerson } from "./open-person";
import { PersonLine } from "./person-item";

const SHOWN = 200;

export function IdentityItem({ identity }: { identity: Identity }) {
  const anchor = identity.nodes[0];
  return (
    <>
    <div className="split">
      <Panel
        title={`${t.item.nodes}: ${count(identity.nodes.length)}`}
        side={<span className="badge machine">{t.review_.machineSuggests}</span>}
        bare
      >
        <ul className="list scroll" style={{ maxHeight: 420 }}>
          {identity.nodes.slice(0, SHOWN).map((node) => (
            <li key={node.node} className="row apart" style={{ padding: "5px 14px", flexWrap: "nowrap" }}>
              <Value node={node} />
              {anchor && node !== anchor && (
                <AskButton
                  label={t.item.splitNode}
                  className="quiet small"
                  title={t.item.splitNode}
                  help={t.item.splitWhy}
                  act={t.queue.decide}
                  decide={{ act: "reject", a: node.node, b: anchor.node }}
                />
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <div className="stack">
        <RiskMark risk={identity.risk} />
        <span>
          <RiskButton id={identity.id} risk={identity.risk} />
        </span>
        <Panel
          title={t.item.facts}
          side={
            <span className="row">
              <Link className="button" href={withParams("/network", { id: identity.id })}>
                {t.item.network}
              </Link>
              <Link className="button" href={withParams("/timeline", { id: identity.id })}>
                {t.item.timeline}
              </Link>
            </span>
          }
        >
          <dl className="facts">
            <dt>{t.item.occurs}</dt>
            <dd className="row">
              {Object.entries(identity.kinds).map(([kind, n]) => (
                <span key={kind} className="row" style={{ gap: 4 }}>
                  <KindMark kind={kind} /> {count(n)}
                </span>
              ))}
            </dd>
            {identity.start && identity.end && (
              <>
                <dt>{t.item.period}</dt>
                <dd>
                  {day(identity.start)} – {day(identity.end)}
                </dd>
              </>
            )}
            <dt>{t.item.place}</dt>
            <dd>
              <EvidenceWords text={identity.places.join(", ") || "–"} />
            </dd>
          </dl>
        </Panel>
        <Panel
          title={t.item.persons}
          side={<OpenPerson />}
        >
          {identity.persons.length ? (
            <ul className="stack">
              {identity.persons.map((person) => (
                <li key={person.number}>
                  <PersonLine person={person} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="soft">{t.none}</p>
          )}
        </Panel>
      </div>
    </div>
    <Leads id={identity.id} />
    </>
  );
}
