import { Component, type ReactNode } from 'react';
import { Failed } from '../parts/states.tsx';

interface ViewBoundaryProps {
  readonly children: ReactNode;
}

/** A view that breaks says so in its place; the rest of the window, and what runs, goes on. */
export class ViewBoundary extends Component<ViewBoundaryProps, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Failed error={error} again={() => this.setState({ error: null })} />;
  }
}
