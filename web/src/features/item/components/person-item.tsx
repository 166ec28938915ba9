// A person, opened by a human: dated, sourced roles, and the values tied by decisions.
import { Link } from "wouter";
import type { Person } from "@/api/types";
import { AskButton, RiskButton } from "@/components/ask";
import { EvidenceWords } from "@/components/evidence-text";
import { RiskMark } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { itemUrl } from "@/lib/url";
import { title } from "@/lib/words";
import { t } from "@/strings";
import { RoleField } from "./role-field";

export function PersonLine({ person }: { person: Person }) {
  return (
    <span className="row">
      <Link href={itemUrl(`person:${person.number}`)}>
        <EvidenceWords text={person.label} />
      </Link>
      {person.roles.map((role, i) => (
        <span key={i} className="badge">
          {title(role.role)}
        </span>
      ))}
    </span>
  );
}

export function PersonItem({ person }: { person: Person }) {
  const id = `person:${person.number}`;
  return (
    <div className="split">
      <Panel
        title={t.item.roles}
        side={
          <AskButton
            label={t.item.setRole}
            title={t.item.setRole}
            help={t.item.setRoleWhy}
            act={t.queue.decide}
            decide={{ act: "set_role", a: id }}
            change={(form) => ({ role: String(form.get("role")) })}
          >
            <RoleField />
          </AskButton>
        }
        bare
      >
        <div className="row apart small" style={{ padding: "8px 14px" }}>
          <RiskMark risk={person.risk} />
          <RiskButton id={id} risk={person.risk} />
        </div>
        <table className="table">
          <thead>
            <tr>
              <th>{t.item.role}</th>
              <th>{t.item.since}</th>
              <th>{t.item.until}</th>
              <th>{t.item.source}</th>
            </tr>
          </thead>
          <tbody>
            {person.roles.map((role, i) => (
              <tr key={i}>
                <td>{title(role.role)}</td>
                <td>{role.since ?? "–"}</td>
                <td>{role.until ?? "–"}</td>
                <td>
                  <EvidenceWords text={role.source} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel
        title={t.item.nodes}
        side={
          <AskButton
            label={t.item.tie}
            title={t.item.tie}
            help={t.item.tieWhy}
            act={t.queue.decide}
            decide={{ act: "tie", a: id }}
            change={(form) => ({ b: String(form.get("node")).trim() })}
          >
            <label className="field">
              <span>{t.item.tieField}</span>
              <input className="input" name="node" required dir="auto" />
            </label>
          </AskButton>
        }
      >
        <ul className="stack tight">
          {person.nodes.map((node) => (
            <li key={node.node}>
              <Value node={node} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
