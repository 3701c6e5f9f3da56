import { CopyPlus, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Link, useLocation } from 'wouter';
import { usePersistence } from '../../react/index.ts';
import { templatePath } from '../routes.ts';
import { Badge } from '../ui/Badge.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { say } from '../words/say.ts';
import { absoluteTime, shortTime } from '../words/times.ts';
import { deleteTemplate } from './deleteTemplate.ts';
import { duplicateTemplate } from './duplicateTemplate.ts';
import { type Listed, placeholderCount } from './listing.ts';

const cell = 'border-b border-border/70 px-3.5 align-middle';

interface TemplateRowProps {
  listed: Listed;
  rowIndex: number;
  isReadOnly: boolean;
}

/** One template of the list. */
export const TemplateRow = memo(function TemplateRow({ listed, rowIndex, isReadOnly }: TemplateRowProps) {
  const { record, type, changedAt } = listed;
  const { name, description } = record.data;
  const persistence = usePersistence();
  const [, navigate] = useLocation();
  const placeholders = placeholderCount(record.data);
  return (
    <tr aria-rowindex={rowIndex} className="group h-13 hover:bg-muted/50">
      <th scope="row" className={`${cell} relative text-left font-normal`}>
        <span className="flex min-w-0 flex-col">
          <span className="flex min-w-0 items-center gap-2">
            <Link
              href={templatePath(record.id)}
              className="truncate font-medium text-foreground hover:underline group-hover:text-primary"
            >
              {name.trim() === '' ? say('templates.unnamed') : name}
            </Link>
            {record.isUnsaved && <Badge>{say('templates.notYetSaved')}</Badge>}
          </span>
          <span className="flex gap-2 truncate text-xs text-muted-foreground">
            <span className="font-mono sm:hidden">{type}</span>
            <span className="truncate">{description}</span>
          </span>
        </span>
      </th>
      <td className={`${cell} hidden sm:table-cell`}>
        <span className="font-mono text-xs">{type}</span>
      </td>
      <td className={`${cell} hidden md:table-cell`}>
        {placeholders > 0 ? (
          <Badge tone="placeholder">{placeholders}</Badge>
        ) : (
          <span className="text-muted-foreground">0</span>
        )}
      </td>
      <td className={`${cell} hidden text-xs text-muted-foreground tabular-nums lg:table-cell`}>
        <time dateTime={new Date(changedAt).toISOString()} title={absoluteTime(changedAt)}>
          {shortTime(changedAt, Date.now())}
        </time>
      </td>
      <td className={cell}>
        <span className="flex justify-end gap-0.5">
          <IconButton
            label={say('templates.duplicate', { name })}
            icon={<CopyPlus aria-hidden="true" />}
            disabled={isReadOnly}
            onClick={() => navigate(templatePath(duplicateTemplate(persistence, record.data)))}
            className="text-muted-foreground"
          />
          <IconButton
            label={say('templates.delete', { name })}
            icon={<Trash2 aria-hidden="true" />}
            disabled={isReadOnly}
            onClick={() => deleteTemplate(persistence, record)}
            className="text-muted-foreground"
          />
        </span>
      </td>
    </tr>
  );
});
