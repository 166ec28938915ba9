// Keeps a fault of one view from taking the workbench with it.
import { Component, type ReactNode } from "react";
import { Refused } from "@/components/async";

interface State {
  error: unknown;
}

export class Failure extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <Refused error={this.state.error} retry={() => window.location.reload()} />;
  }
}
