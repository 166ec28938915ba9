// What a view shows while it waits, and when it is refused.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RefusedError } from "@/api/client";
import { t } from "@/strings";

export function Loading() {
  return (
    <p className="loading" role="status">
      {t.loading}
    </p>
  );
}

export function Refused({ error, retry }: { error: unknown; retry?: () => void }) {
  const refusal =
    error instanceof RefusedError
      ? error.refusal
      : { what: t.none, why: String(error), next: t.error.retry };
  return (
    <div className="notice bad" role="alert">
      <div className="stack tight">
        <strong>{refusal.what}</strong>
        <span className="break">{refusal.why}</span>
        <span className="soft break">
          {t.error.next}: {refusal.next}
        </span>
        {retry && (
          <span>
            <button type="button" className="button" onClick={retry}>
              {t.error.retry}
            </button>
          </span>
        )}
      </div>
    </div>
  );
}

/** Show what a query answers once it has. */
export function Answered<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Refused error={query.error} retry={() => void query.refetch()} />;
  return <Loading />;
}
