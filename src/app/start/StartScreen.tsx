import { Clock, Download, RotateCw, ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LoadView } from '../../client/types.ts';
import { datedName, download } from '../files/download.ts';
import { classNames } from '../ui/classNames.ts';
import { notify, notifyFailure } from '../ui/toasts.ts';
import { say } from '../words/say.ts';
import { detailsOf, leadOf, titleOf } from './findingWords.ts';

type Asking = Extract<LoadView, { kind: 'unavailable' | 'tooNew' }>;

/** A machine opened this, perhaps under typing hands: nothing can be chosen by accident for a moment (ux 3.2). */
const STILL_MS = 400;

/**
 * The saved data cannot be used now. Says what was found and what is safe, and offers only what changes nothing:
 * every button is one that the machine accepts.
 */
export default function StartScreen({ load }: { load: Asking }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isStill, setStill] = useState(true);
  const [wasDownloaded, setDownloaded] = useState(false);
  useEffect(() => {
    heading.current?.focus();
    const timer = window.setTimeout(() => setStill(false), STILL_MS);
    return () => window.clearTimeout(timer);
  }, []);

  const unless = (act: () => void) => (): void => {
    if (!isStill) act();
  };
  const saveCopy = async (): Promise<void> => {
    try {
      await load.download((bytes) =>
        download(datedName('hl7-helper-stored', 'json', new Date()), bytes, 'application/json'),
      );
      setDownloaded(true);
      notify({ id: 'stored', text: say('start.downloaded') });
    } catch {
      notifyFailure(say('start.downloadFailed'), 'stored');
    }
  };
  const { can, finding } = load;
  const isTooNew = load.kind === 'tooNew';
  const mustDownloadFirst = can.DOWNLOAD && !can.RETRY && !isTooNew && !wasDownloaded;

  return (
    <div className="scroll-thin flex min-h-0 flex-1 overflow-y-auto p-4 sm:p-10">
      <section
        aria-labelledby="start-title"
        className="m-auto flex w-full max-w-xl flex-col gap-5 rounded-2xl border border-border bg-card p-6 shadow-pop sm:p-8"
      >
        <header className="flex flex-col gap-2">
          <h1
            id="start-title"
            ref={heading}
            tabIndex={-1}
            className="text-xl font-semibold tracking-tight text-balance outline-none"
          >
            {titleOf(finding)}
          </h1>
          <p className="text-muted-foreground">{leadOf(finding)}</p>
        </header>
        {load.nothingChanged && (
          <p className="flex gap-3 rounded-lg border border-border bg-muted/60 px-4 py-3">
            <ShieldCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
            <span>{say('start.nothingChanged')}</span>
          </p>
        )}
        <ul className="flex flex-col gap-2">
          {isTooNew && (
            <Choice
              icon={<RotateCw />}
              label={say('start.reload')}
              consequence={say('start.reloadMeans')}
              isFirst
              onChoose={unless(() => window.location.reload())}
            />
          )}
          {mustDownloadFirst && <DownloadChoice isFirst onChoose={unless(saveCopy)} />}
          {!isTooNew && (
            <Choice
              icon={<RotateCw />}
              label={say('start.retry')}
              consequence={say(can.RETRY ? 'start.retryMeans' : 'start.retryAfterDownload')}
              isFirst={!mustDownloadFirst}
              isDisabled={!can.RETRY}
              onChoose={unless(load.retry)}
            />
          )}
          {!mustDownloadFirst && <DownloadChoice isDisabled={!can.DOWNLOAD} onChoose={unless(saveCopy)} />}
          <Choice
            icon={<Clock />}
            label={say('start.defer')}
            consequence={say('start.deferMeans')}
            isDisabled={!can.DEFER}
            onChoose={unless(load.defer)}
          />
        </ul>
        <details className="text-xs">
          <summary className="w-fit cursor-pointer rounded font-medium text-muted-foreground hover:text-foreground">
            {say('start.whatWeFound')}
          </summary>
          <ul className="mt-2 flex flex-col gap-1 rounded-lg bg-muted p-3 font-mono break-words text-foreground">
            {detailsOf(finding).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      </section>
    </div>
  );
}

function DownloadChoice(props: { isFirst?: boolean; isDisabled?: boolean; onChoose: () => void }) {
  return (
    <Choice
      icon={<Download />}
      label={say('start.download')}
      consequence={say('start.downloadMeans')}
      {...props}
    />
  );
}

interface ChoiceProps {
  icon: ReactNode;
  label: string;
  consequence: string;
  isFirst?: boolean;
  isDisabled?: boolean;
  onChoose: () => void;
}

/** A way on: what it does, and below what that means for the data. A choice that is not possible says why. */
function Choice({ icon, label, consequence, isFirst = false, isDisabled = false, onChoose }: ChoiceProps) {
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        disabled={isDisabled}
        className={classNames(
          'flex w-full items-start gap-3 rounded-lg border px-4 py-3 text-left transition-colors [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0',
          isFirst ? 'border-primary/60 bg-accent/60 hover:bg-accent' : 'border-border hover:bg-muted',
          'disabled:pointer-events-none disabled:opacity-70',
        )}
      >
        {icon}
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex flex-wrap items-center gap-x-2 font-medium">
            {label}
            {isFirst && <span className="text-xs font-normal text-primary">{say('start.recommended')}</span>}
          </span>
          <span className="text-xs text-muted-foreground">{consequence}</span>
        </span>
      </button>
    </li>
  );
}
