// A titled box, and the page that holds such boxes.
import { type ReactNode, useEffect, useId } from "react";
import { t } from "@/strings";
import { EvidenceWords } from "./evidence-text";

interface PanelProps {
  title: ReactNode;
  side?: ReactNode;
  bare?: boolean; // the content has its own margins
  children: ReactNode;
}

export function Panel({ title, side, bare = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {side}
      </header>
      {bare ? children : <div className="body">{children}</div>}
    </section>
  );
}

interface PageProps {
  title: string;
  head?: ReactNode; // in place of the plain title
  side?: ReactNode;
  help?: string;
  children: ReactNode;
}

export function Page({ title, head, side, help, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${t.name}`;
  }, [title]);
  return (
    <div className="page">
      <div className="row apart">
        <div className="stack tight">
          <h1>{head ?? title}</h1>
          {help && (
            <p className="soft break">
              <EvidenceWords text={help} />
            </p>
          )}
        </div>
        {side && <div className="row">{side}</div>}
      </div>
      {children}
    </div>
  );
}
