// Anything by its id; which of the parts below is shown depends on what it is.
import { Link } from "wouter";
import type { Shown } from "@/api/types";
import { useShown } from "@/api/get-show";
import { Answered } from "@/components/async";
import { EventList } from "@/components/event-row";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { useId, whyUrl } from "@/lib/url";
import { many } from "@/lib/words";
import { t } from "@/strings";
import { ClaimItem } from "./claim-item";
import { EventItem } from "./event-item";
import { ExhibitItem } from "./exhibit-item";
import { FindingItem } from "./finding-item";
import { IdentityItem } from "./identity-item";
import { LinkItem } from "./link-item";
import { NodeItem } from "./node-item";
import { PersonItem } from "./person-item";
import { TemplatePanel } from "./template-panel";
import "./item.css";

export default function Item() {
  const id = useId();
  return (
    <Answered query={useShown(id)}>
      {(shown) => {
        const [kind, name] = named(shown, id);
        return (
          <Page
            key={id}
            title={name}
            head={
              <>
                <span className="soft item-kind">{t.item.kinds[kind]}</span>{" "}
                <EvidenceWords text={name} />
              </>
            }
            side={
              kind !== "person" && (
                <Link href={whyUrl(id)} className="button main-act">
                  {t.item.why}
                </Link>
              )
            }
          >
            <Body shown={shown} />
            {shown.template && <TemplatePanel template={shown.template} />}
            {shown.events.length > 0 && (
              <Panel title={`${t.item.seen}: ${many(shown.events.length, "event")}`} bare>
                <EventList events={shown.events} empty={t.none} />
              </Panel>
            )}
          </Page>
        );
      }}
    </Answered>
  );
}

function Body({ shown }: { shown: Shown }) {
  if (shown.event) return <EventItem event={shown.event} claims={shown.claims} pictures={shown.pictures} />;
  if (shown.claim) return <ClaimItem claim={shown.claim} />;
  if (shown.link) return <LinkItem link={shown.link} claims={shown.claims} />;
  if (shown.finding) return <FindingItem finding={shown.finding} />;
  if (shown.exhibit) return <ExhibitItem exhibit={shown.exhibit} pictures={shown.pictures} />;
  if (shown.identity) return <IdentityItem identity={shown.identity} />;
  if (shown.person) return <PersonItem person={shown.person} />;
  if (shown.node) return <NodeItem node={shown.node} />;
  return null;
}

function named(shown: Shown, id: string): [kind: string, name: string] {
  if (shown.event) return ["event", shown.event.title || shown.event.text.slice(0, 90) || id];
  if (shown.claim) return ["claim", shown.claim.value.shown];
  if (shown.link) return ["link", `${shown.link.a.shown} — ${shown.link.b.shown}`];
  if (shown.finding) return ["finding", shown.finding.title];
  if (shown.exhibit) return ["exhibit", `EX-${shown.exhibit.number} ${shown.exhibit.name}`];
  if (shown.identity) return ["identity", shown.identity.label];
  if (shown.person) return ["person", shown.person.label];
  if (shown.node) return ["node", shown.node.shown];
  return ["node", id];
}
