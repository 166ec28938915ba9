// A value: what can be decided on it; where it occurs stands below.
import type { Node } from "@/api/types";
import { AskButton } from "@/components/ask";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { t } from "@/strings";
import { OpenPerson } from "./open-person";

export function NodeItem({ node }: { node: Node }) {
  return (
    <Panel
      title={t.item.value}
      side={
        <span className="row">
          <AskButton
            label={t.item.generic}
            title={t.item.generic}
            help={t.item.genericWhy}
            act={t.queue.decide}
            decide={{ act: "generic", a: node.node }}
          />
          <AskButton
            label={t.item.tieTo}
            title={t.item.tieTo}
            help={t.item.tieWhy}
            act={t.queue.decide}
            decide={{ act: "tie", a: "", b: node.node }}
            change={(form) => ({ a: String(form.get("person")).trim() })}
          >
            <label className="field">
              <span>{t.item.personField}</span>
              <input className="input" name="person" required dir="auto" />
            </label>
          </AskButton>
          <OpenPerson />
        </span>
      }
    >
      <Value node={node} />
    </Panel>
  );
}
