import { PencilLine } from 'lucide-react';
import { Link } from 'wouter';
import type { RecordView } from '../../client/types.ts';
import { usePersistence } from '../../react/index.ts';
import { templatePath } from '../routes.ts';
import type { Template } from '../stores/templates.ts';
import { Button, buttonClass } from '../ui/Button.tsx';
import { say } from '../words/say.ts';
import { discardDraft } from './discardDraft.ts';

/** New templates that are not saved yet: kept, and here to go on with. */
export function DraftStrip({
  drafts,
  isReadOnly,
}: {
  drafts: readonly RecordView<Template>[];
  isReadOnly: boolean;
}) {
  const persistence = usePersistence();
  if (drafts.length === 0) return null;
  return (
    <section
      aria-labelledby="drafts-title"
      className="flex flex-col gap-1 rounded-lg border border-dashed border-input px-4 py-2.5"
    >
      <h2 id="drafts-title" className="text-xs font-medium text-muted-foreground">
        {say('drafts.title', { count: drafts.length })}
      </h2>
      <ul>
        {drafts.map(({ id, data }) => {
          const name = data.name.trim() === '' ? say('templates.unnamed') : data.name;
          return (
            <li key={id} className="flex min-h-9 items-center gap-3">
              <PencilLine aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
              <span className="min-w-0 flex-1 truncate">
                {name}{' '}
                <span className="ml-2 font-mono text-xs text-muted-foreground">{data.messageType}</span>
              </span>
              <Link
                href={templatePath(id)}
                aria-label={say('drafts.continueNamed', { name })}
                className={buttonClass('secondary', 'small')}
              >
                {say('drafts.continue')}
              </Link>
              <Button
                look="quiet"
                size="small"
                disabled={isReadOnly}
                aria-label={say('drafts.discardNamed', { name })}
                onClick={() => discardDraft(persistence, id, data)}
              >
                {say('drafts.discard')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
