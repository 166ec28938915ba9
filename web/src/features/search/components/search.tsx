// Search in the text of every event, with facets; walked through by keyboard.
import { useCallback, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import type { Hit } from "@/api/types";
import { Answered } from "@/components/async";
import { EventRow } from "@/components/event-row";
import { Pager } from "@/components/pager";
import { Page, Panel } from "@/components/panel";
import { itemUrl, useParams } from "@/lib/url";
import { useWalk } from "@/lib/walk";
import { count, many } from "@/lib/words";
import { t } from "@/strings";
import { PAGE, useFound } from "../api/get-search";
import { Facets } from "./facets";
import "./search.css";

export default function Search() {
  const [params] = useParams();
  const words = params.get("words") ?? "";
  const offset = Number(params.get("offset") ?? 0) || 0;
  const found = useFound({
    words,
    kind: params.get("kind") ?? undefined,
    place: params.get("place") ?? undefined,
    site: params.get("site") ?? undefined,
    since: params.get("since") ?? undefined,
    until: params.get("until") ?? undefined,
    offset: offset || undefined,
  });
  return (
    <Page
      title={t.search.title}
      help={words ? t.search.keys : t.search.intro}
      side={<Link href="/check">{t.search.check}</Link>}
    >
      <Answered query={found}>
        {(answer) => (
          <div className="aside" style={{ opacity: found.isPlaceholderData ? 0.6 : 1 }}>
            <Panel
              title={
                answer.query
                  ? t.search.results(many(answer.total, "event"), answer.query)
                  : t.search.everything(many(answer.total, "event"))
              }
              side={<Pager offset={offset} page={PAGE} total={answer.listed} />}
              bare
            >
              {answer.listed !== answer.total && (
                <p className="soft small note">
                  {t.search.folded(count(answer.listed), answer.exact)}
                </p>
              )}
              <Hits hits={answer.hits} key={answer.query + offset} />
            </Panel>
            <Facets facets={answer.facets} />
          </div>
        )}
      </Answered>
    </Page>
  );
}

function Sightings({ hit: { sightings, first, last } }: { hit: Hit }) {
  if (sightings < 2 || !first || !last) return null;
  const seen = t.search.seen(count(sightings), first.slice(0, 10), last.slice(0, 10));
  return <p className="soft small note">{seen}</p>;
}

function Hits({ hits }: { hits: Hit[] }) {
  const [, go] = useLocation();
  const list = useRef<HTMLUListElement>(null);
  const open = useCallback(
    (key: string, at: number) => {
      const hit = hits[at];
      if (key !== "Enter" || !hit || document.activeElement?.tagName === "A") return false;
      go(itemUrl(hit.event.id));
      return true;
    },
    [hits, go],
  );
  const [at] = useWalk(hits.length, open);
  useEffect(() => {
    if (at) list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  if (!hits.length) return <p className="empty">{t.search.none}</p>;
  return (
    <ul className="list" ref={list}>
      {hits.map((hit, i) => (
        <li key={hit.event.id} className={i === at ? "held" : undefined}>
          <EventRow
            event={hit.event}
            excerpt={hit.snippet}
            spans={hit.spans.map(([start, end]) => ({ start, end, mark: {} }))}
          />
          <Sightings hit={hit} />
        </li>
      ))}
    </ul>
  );
}
