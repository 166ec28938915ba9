// The frame around every view: the views on the side, the case, search and purpose on top.
import { type ReactNode, useCallback, useRef } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { useStatus } from "@/api/get-status";
import type { Session, Status } from "@/api/types";
import { useParams, withParams } from "@/lib/url";
import { count, title, total } from "@/lib/words";
import { t } from "@/strings";
import icon from "./icon.svg";
import { useKeys } from "./keys";
import { Purpose } from "./purpose";

type Entry = [path: string, label: string, number?: (status: Status) => number];

const GROUPS: [string, Entry[]][] = [
  [
    t.nav.see,
    [
      ["/", t.nav.overview],
      ["/search", t.nav.search, (s) => total(s.events)],
      ["/timeline", t.nav.timeline],
      ["/network", t.nav.network, (s) => s.identities],
      ["/alerts", t.nav.alerts, (s) => s.alerts],
    ],
  ],
  [
    t.nav.decide,
    [
      ["/review", t.nav.review],
      ["/share", t.nav.share, (s) => s.packages],
      ["/note", t.nav.note],
      ["/consent", t.nav.consent],
      ["/check", t.nav.check],
    ],
  ],
  [
    t.nav.hold,
    [
      ["/exhibits", t.nav.exhibits, (s) => s.exhibits],
      ["/problems", t.nav.problems, (s) => s.problems],
      ["/custody", t.nav.custody, (s) => s.custody_entries],
    ],
  ],
];
const FULL = /^\/(timeline|network)/;

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [path] = useLocation();
  const status = useStatus().data;
  const search = useRef<HTMLInputElement>(null);
  useKeys(useCallback(() => search.current?.select(), []));
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <nav className="side" aria-label={t.nav.label}>
        <Link href="/" className="brand">
          <img src={icon} alt="" />
          {t.name}
        </Link>
        {GROUPS.map(([heading, entries]) => (
          <section key={heading}>
            <h2>{heading}</h2>
            <ul>
              {entries.map((entry) => (
                <Place key={entry[0]} entry={entry} path={path} status={status} />
              ))}
            </ul>
          </section>
        ))}
        <p className="foot">
          <kbd>/</kbd> {t.nav.keySearch} · <kbd>g</kbd> {t.nav.keyGo}
        </p>
      </nav>
      <header className="top">
        <span className="case">{status?.case ?? session.folder}</span>
        {status && <span className="badge">{title(status.offence)}</span>}
        <SearchBox input={search} />
        <Purpose actor={session.actor} authority={session.purpose ?? status?.authority ?? ""} />
      </header>
      <main id="main" className={FULL.test(path) ? "main full" : "main"} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Place({ entry, path, status }: { entry: Entry; path: string; status: Status | undefined }) {
  const [href, label, number] = entry;
  const here = href === "/" ? path === "/" : path.startsWith(href);
  return (
    <li>
      <Link href={href} aria-current={here ? "page" : undefined}>
        {label}
        {status && number && <span className="count">{count(number(status))}</span>}
      </Link>
    </li>
  );
}

function SearchBox({ input }: { input: React.RefObject<HTMLInputElement | null> }) {
  const [path, go] = useLocation();
  const [params] = useParams();
  useSearch();
  const asked = path === "/search" ? (params.get("words") ?? "") : "";
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const words = String(new FormData(event.currentTarget).get("words") ?? "").trim();
        go(withParams("/search", { words }));
      }}
    >
      <input
        ref={input}
        key={asked}
        className="input"
        type="search"
        name="words"
        dir="auto"
        defaultValue={asked}
        placeholder={t.search.placeholder}
        aria-label={t.search.title}
        autoComplete="off"
      />
    </form>
  );
}
