// The custody log, newest first.
import { useStatus } from "@/api/get-status";
import { Answered } from "@/components/async";
import { EntriesTable } from "@/components/entries-table";
import { Pager } from "@/components/pager";
import { Page, Panel } from "@/components/panel";
import { useParams } from "@/lib/url";
import { many } from "@/lib/words";
import { t } from "@/strings";
import { PAGE, useCustody } from "../api/get-custody";

export default function Custody() {
  const [params] = useParams();
  const back = Number(params.get("offset") ?? 0) || 0;
  const total = useStatus().data?.custody_entries;
  return (
    <Page title={t.custody.title} help={t.custody.help}>
      <Answered query={useCustody(total, back)}>
        {(custody) => (
          <Panel
            title={many(custody.total, "entry", "entries")}
            side={<Pager offset={back} page={PAGE} total={total ?? 0} />}
            bare
          >
            <EntriesTable entries={[...custody.entries].sort((a, b) => b.number - a.number)} />
          </Panel>
        )}
      </Answered>
    </Page>
  );
}
