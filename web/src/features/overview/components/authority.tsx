// Under which authority the case is kept.
import type { Status } from "@/api/types";
import { Panel } from "@/components/panel";
import { title } from "@/lib/words";
import { t } from "@/strings";

export function Authority({ status }: { status: Status }) {
  return (
    <Panel title={t.overview.authority}>
      <dl className="facts">
        <dt>{t.overview.authority}</dt>
        <dd>{status.authority}</dd>
        <dt>{t.overview.basis}</dt>
        <dd>{status.basis}</dd>
        <dt>{t.overview.necessity}</dt>
        <dd>{status.necessity}</dd>
        <dt>{t.overview.scope}</dt>
        <dd>{status.scope}</dd>
        <dt>{t.overview.profile}</dt>
        <dd>
          {status.profile} <small className="soft">{status.profile_says}</small>
        </dd>
        <dt>{t.overview.offence}</dt>
        <dd>{title(status.offence)}</dd>
        <dt>{t.overview.until}</dt>
        <dd>{status.until}</dd>
        <dt>{t.overview.approved}</dt>
        <dd>
          {status.approved_by} <span className="soft">({t.overview.claimed})</span>
        </dd>
      </dl>
    </Panel>
  );
}
