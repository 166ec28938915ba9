// Who agreed to what: the register, a form for a new consent, and withdrawal.
import { useConsents } from "@/api/get-consents";
import { Answered } from "@/components/async";
import { Page, Panel } from "@/components/panel";
import { many } from "@/lib/words";
import { t } from "@/strings";
import { Give } from "./give";
import { One } from "./one";

export default function Consent() {
  return (
    <Page title={t.consent.title} help={t.consent.help}>
      <Answered query={useConsents()}>
        {({ consents }) =>
          consents.length ? (
            <Panel title={many(consents.length, "consent")}>
              <div className="stack">
                {consents.map((one) => (
                  <One key={one.number} consent={one} />
                ))}
              </div>
            </Panel>
          ) : (
            <p className="panel empty">{t.consent.none}</p>
          )
        }
      </Answered>
      <Give />
    </Page>
  );
}
