import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { sayProblem } from '../words/sayProblem.ts';

interface ShieldProps {
  snapshot: { hasTag(tag: 'nothing-changed'): boolean };
  children?: ReactNode;
}

/** What is safe. Its first sentence is said only where the machine vouches for it. */
export function Shield({ snapshot, children }: ShieldProps) {
  const isUntouched = snapshot.hasTag('nothing-changed');
  if (!isUntouched && !children) return null;
  return (
    <p className="flex gap-3 rounded-lg border border-border bg-muted/60 px-4 py-3 text-foreground">
      <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
      <span>
        {isUntouched && sayProblem('problem.nothingChanged')} {children}
      </span>
    </p>
  );
}
