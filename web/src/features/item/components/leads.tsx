// Who else may belong to what was confirmed of an identity: suggestions, each to be decided on.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { get } from "@/api/client";
import type { Lead, Leads as Suggested } from "@/api/types";
import { AskButton } from "@/components/ask";
import { Answered } from "@/components/async";
import { EventRow } from "@/components/event-row";
import { EvidenceWords } from "@/components/evidence-text";
import { Score } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { itemUrl, whyUrl } from "@/lib/url";
import { many, readable } from "@/lib/words";
import { t } from "@/strings";

export function Leads({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const leads = useQuery({
    queryKey: ["leads", id],
    queryFn: () => get<Suggested>("leads", { id }),
    enabled: asked,
    retry: false,
  });
  return (
    <Panel
      title={t.leads.title}
      side={<span className="badge machine">{t.review_.machineSuggests}</span>}
      bare={asked}
    >
      {asked ? (
        <Answered query={leads}>{(found) => <Found found={found} />}</Answered>
      ) : (
        <div className="stack">
          <p className="soft">{t.leads.help}</p>
          <span>
            <button type="button" className="button" onClick={() => setAsked(true)}>
              {t.leads.ask}
            </button>
          </span>
        </div>
      )}
    </Panel>
  );
}

function Found({ found }: { found: Suggested }) {
  const weights = Object.entries(found.weights).map(([kind, points]) => `${readable(kind)} ${points}`);
  return (
    <>
      <p className="leads-head soft small">{found.says}</p>
      {found.leads.length ? (
        <ol className="list">
          {found.leads.map((lead) => (
            <li key={lead.id}>
              <One lead={lead} />
            </li>
          ))}
        </ol>
      ) : (
        <p className="empty">{t.leads.none}</p>
      )}
      <details className="leads-head small">
        <summary>{t.leads.weights}</summary>
        <p>{weights.join(" · ")}</p>
        <p className="soft">{found.learned}</p>
        {found.shared_by_many.length > 0 && (
          <p className="break">
            <EvidenceWords text={t.leads.generic(found.shared_by_many.join("; "))} />
          </p>
        )}
        {found.rejected > 0 && <p>{t.leads.rejected(many(found.rejected, "other"))}</p>}
      </details>
    </>
  );
}

function One({ lead }: { lead: Lead }) {
  const decide = (act: "confirm" | "reject") => ({ act, a: lead.a, b: lead.b });
  return (
    <article className="stack tight lead" aria-label={t.leads.one(lead.value?.shown ?? lead.id)}>
      <div className="row apart">
        <span className="row">
          <Link href={itemUrl(lead.id)}>{many(lead.adverts, "advert")}</Link>
          {lead.value && <Value node={lead.value} />}
          <Score score={lead.score} />
        </span>
        <span className="row">
          <AskButton
            label={t.queue.confirm}
            className="good"
            title={t.queue.confirm}
            help={t.leads.confirmHelp}
            act={t.queue.decide}
            decide={decide("confirm")}
          />
          <AskButton
            label={t.queue.reject}
            className="bad"
            title={t.queue.reject}
            help={t.leads.rejectHelp}
            act={t.queue.decide}
            decide={decide("reject")}
          />
        </span>
      </div>
      <ul className="small">
        {lead.reasons.map((reason) => (
          <li key={reason.kind} className="break">
            <b>+{reason.points.toFixed(2)}</b> {readable(reason.kind)}:{" "}
            <EvidenceWords text={reason.says} />{" "}
            {reason.rests_on[0] && <Link href={whyUrl(reason.rests_on[0])}>{t.overview.why}</Link>}
          </li>
        ))}
      </ul>
      {lead.against.length > 0 && (
        <p className="counter break small">
          <b>{t.overview.counter}: </b>
          <EvidenceWords text={lead.against.join(". ")} />
        </p>
      )}
      {lead.events.slice(0, 1).map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </article>
  );
}
