// Whether the case stands as it was sealed: the log's head, and a check of every byte.
import type { Status } from "@/api/types";
import { Refused } from "@/components/async";
import { Panel } from "@/components/panel";
import { count, many } from "@/lib/words";
import { t } from "@/strings";
import { useVerify } from "../api/get-verify";

export function Standing({ status }: { status: Status }) {
  const verify = useVerify();
  return (
    <Panel title={t.nav.custody}>
      <div className="stack">
        <dl className="facts">
          <dt>{t.overview.run}</dt>
          <dd>{status.run}</dd>
          <dt>{t.overview.custody}</dt>
          <dd>{count(status.custody_entries)}</dd>
          <dt>{t.overview.head}</dt>
          <dd className="mono break">{status.head}</dd>
        </dl>
        <span>
          <button
            type="button"
            className="button"
            disabled={verify.isFetching}
            onClick={() => void verify.refetch()}
          >
            {verify.isFetching ? t.overview.verifying : t.overview.verify}
          </button>
        </span>
        {verify.error && <Refused error={verify.error} />}
        {verify.data?.sound && (
          <p className="notice good" role="status">
            {t.overview.sound(
              many(verify.data.exhibits, "exhibit"),
              many(verify.data.entries, "entry", "entries"),
            )}
          </p>
        )}
        {verify.data && !verify.data.sound && (
          <div className="notice bad" role="alert">
            <div>
              <strong>{t.overview.unsound}</strong>
              <ul>
                {verify.data.faults.map((fault) => (
                  <li key={fault} className="break">
                    {fault}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        )}
      </div>
    </Panel>
  );
}
