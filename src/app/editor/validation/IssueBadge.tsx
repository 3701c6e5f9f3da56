import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Issue } from '../../../hl7/index.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { classNames } from '../../ui/classNames.ts';
import { Popover } from '../../ui/Popover.tsx';
import { say } from '../../words/say.ts';
import { shortPath } from '../shortPath.ts';
import type { Validation } from './useValidation.ts';

/** More findings than this are counted, not listed. */
const MOST_LISTED = 200;

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const COLOURS = { error: 'text-destructive', warning: 'text-warning', info: 'text-info' } as const;

/** How many findings there are, and the list; choosing one goes to its place. */
export function IssueBadge({
  validation,
  onChoose,
}: {
  validation: Validation;
  onChoose: (issue: Issue) => void;
}) {
  const summary = summaryOf(validation);
  return (
    <Popover
      title={summary}
      className="w-[min(26rem,calc(100vw-1rem))]"
      trigger={
        <button type="button" className={buttonClass('quiet', 'small')} aria-label={summary}>
          <BadgeContent validation={validation} />
        </button>
      }
    >
      {(close) => (
        <IssueList
          validation={validation}
          onChoose={(issue) => {
            close();
            onChoose(issue);
          }}
        />
      )}
    </Popover>
  );
}

function IssueList({
  validation: { kind, issues },
  onChoose,
}: {
  validation: Validation;
  onChoose: (issue: Issue) => void;
}) {
  if (issues.length === 0) {
    return (
      <p className="px-4 py-3 text-muted-foreground">
        {say(kind === 'tooLarge' ? 'issues.tooLargeHint' : 'issues.noneHint')}
      </p>
    );
  }
  return (
    <>
      <ul className="scroll-thin max-h-[min(24rem,60dvh)] min-h-0 overflow-y-auto p-1.5">
        {issues.slice(0, MOST_LISTED).map((issue, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity but their order
          <li key={index}>
            <IssueButton issue={issue} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {issues.length > MOST_LISTED && (
        <p className="border-t border-border px-4 py-2 text-xs text-muted-foreground">
          {say('issues.more', { count: issues.length - MOST_LISTED })}
        </p>
      )}
    </>
  );
}

function IssueButton({ issue, onChoose }: { issue: Issue; onChoose: (issue: Issue) => void }) {
  const Icon = ICONS[issue.severity];
  return (
    <button
      type="button"
      onClick={() => onChoose(issue)}
      className="grid w-full grid-cols-[1rem_1fr] gap-x-2.5 rounded-md px-2.5 py-1.5 text-left hover:bg-muted"
    >
      <Icon aria-hidden="true" className={classNames('mt-0.5 size-4', COLOURS[issue.severity])} />
      <span>
        <span className="sr-only">{say(`severity.${issue.severity}`)} </span>
        {issue.path && <span className="mr-2 font-mono text-xs font-semibold">{shortPath(issue.path)}</span>}
        <span className="text-sm">{issue.message}</span>
      </span>
    </button>
  );
}

function BadgeContent({ validation: { kind, issues } }: { validation: Validation }) {
  const counts = countsOf(issues);
  const [errors, warnings] = [counts.error, counts.warning];
  if (kind === 'tooLarge') return say('issues.tooLarge');
  if (errors === 0 && warnings === 0) {
    return (
      <>
        <CircleCheck aria-hidden="true" className="text-success" />
        <span className="max-lg:hidden">
          {counts.info === 0 ? say('issues.none') : say('issues.notes', { count: counts.info })}
        </span>
      </>
    );
  }
  return (
    <>
      {errors > 0 && <Count icon={<CircleAlert className="text-destructive" />} count={errors} />}
      {warnings > 0 && <Count icon={<TriangleAlert className="text-warning" />} count={warnings} />}
    </>
  );
}

function Count({ icon, count }: { icon: React.ReactNode; count: number }) {
  return (
    <span className="flex items-center gap-1 tabular-nums" aria-hidden="true">
      {icon}
      {count}
    </span>
  );
}

function countsOf(issues: readonly Issue[]): Record<Issue['severity'], number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of issues) counts[severity] += 1;
  return counts;
}

/** "2 errors, 1 warning" in words. */
function summaryOf({ kind, issues }: Validation): string {
  if (kind === 'tooLarge') return say('issues.tooLarge');
  const { error, warning, info } = countsOf(issues);
  const parts = [
    error > 0 && say('issues.errors', { count: error }),
    warning > 0 && say('issues.warnings', { count: warning }),
    info > 0 && say('issues.notes', { count: info }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : say('issues.none');
}
