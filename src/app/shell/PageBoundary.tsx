import { Component, type ReactNode } from 'react';
import { SAFE_MODE } from '../routes.ts';
import { Button } from '../ui/Button.tsx';
import { say } from '../words/say.ts';

/** Keeps a fault of one page from taking the rest with it. What was typed lives outside the page, and is kept. */
export class PageBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div role="alert" className="m-auto flex max-w-md flex-col items-start gap-3 p-6">
        <h1 className="text-lg font-semibold">{say('fault.title')}</h1>
        <p className="text-muted-foreground">{say('fault.text')}</p>
        <div className="flex gap-2">
          <Button look="primary" onClick={() => this.setState({ hasFailed: false })}>
            {say('fault.again')}
          </Button>
          <Button onClick={() => window.location.reload()}>{say('fault.reload')}</Button>
        </div>
        <p>
          {/* Beside this page, which may hold what is not saved. */}
          <a
            href={SAFE_MODE}
            target="_blank"
            rel="noopener"
            className="font-medium text-primary underline underline-offset-2"
          >
            {say('fault.safeMode')}
          </a>
        </p>
      </div>
    );
  }
}
