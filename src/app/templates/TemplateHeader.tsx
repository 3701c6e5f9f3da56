import { ArrowLeft, Check, RotateCcw, Save } from 'lucide-react';
import { Link } from 'wouter';
import { Button, buttonClass } from '../ui/Button.tsx';
import { say } from '../words/say.ts';

interface TemplateHeaderProps {
  isDraft: boolean;
  isReadOnly: boolean;
  isChanged: boolean;
  onSave: () => void;
  onCancel: () => void;
  onRevert: () => void;
}

/** The way back, and what can be done with the whole template. */
export function TemplateHeader(props: TemplateHeaderProps) {
  const { isDraft, isReadOnly, isChanged, onSave, onCancel, onRevert } = props;
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 pt-3 sm:px-6">
      <Link
        href="/templates"
        aria-label={say('template.toList')}
        className={`${buttonClass('quiet', 'small')} w-7 !px-0 -ml-1.5`}
      >
        <ArrowLeft aria-hidden="true" />
      </Link>
      <h1 tabIndex={-1} className="grow basis-32 text-lg font-semibold tracking-tight outline-none">
        {say(isDraft ? 'page.newTemplate' : 'page.template')}
      </h1>
      {isDraft ? (
        <>
          <Button onClick={onCancel}>{say('dialog.cancel')}</Button>
          <Button look="primary" onClick={onSave} disabled={isReadOnly}>
            <Save aria-hidden="true" />
            {say('template.save')}
          </Button>
        </>
      ) : (
        <>
          {!isReadOnly && (
            <p className="hidden items-center gap-1.5 text-xs text-muted-foreground sm:flex">
              <Check aria-hidden="true" className="size-3.5" />
              {say('template.autosave')}
            </p>
          )}
          {isChanged && (
            <Button onClick={onRevert} disabled={isReadOnly}>
              <RotateCcw aria-hidden="true" />
              {say('template.revert')}
            </Button>
          )}
          <Link href="/templates" className={buttonClass('primary')}>
            {say('template.close')}
          </Link>
        </>
      )}
    </header>
  );
}
