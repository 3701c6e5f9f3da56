import { Keyboard } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { PAGES } from '../routes.ts';
import { StatusPill } from '../status/StatusPill.tsx';
import { ThemeMenu } from '../theme/ThemeMenu.tsx';
import { classNames } from '../ui/classNames.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { say } from '../words/say.ts';

/** Name, pages, and at the right what is always true: whether the work is safe. */
export function Header({ onHelp }: { onHelp: () => void }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-border bg-card px-2 sm:gap-4 sm:px-4">
      <span className="hidden items-center gap-2 sm:flex">
        <Mark />
        <span className="hidden font-semibold tracking-tight md:inline">{say('app.name')}</span>
      </span>
      <nav aria-label={say('shell.pages')} className="flex items-center gap-0.5 sm:gap-1">
        {PAGES.map((page) => (
          <PageLink key={page.path} {...page} />
        ))}
      </nav>
      <span className="flex-1" />
      <StatusPill />
      <span className="flex items-center">
        <ThemeMenu />
        <IconButton
          label={say('shortcuts.title')}
          icon={<Keyboard aria-hidden="true" />}
          onClick={onHelp}
          className="hidden sm:inline-flex"
        />
      </span>
    </header>
  );
}

function PageLink({ path, label, icon: Icon }: (typeof PAGES)[number]) {
  const [location] = useLocation();
  const isCurrent = path === '/' ? location === '/' : location.startsWith(path);
  return (
    <Link
      href={path}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        'flex h-8 items-center gap-2 rounded-md px-2 text-sm font-medium transition-colors sm:px-2.5',
        isCurrent
          ? 'bg-accent text-accent-foreground'
          : 'text-muted-foreground hover:bg-muted hover:text-foreground',
      )}
    >
      <Icon aria-hidden="true" className="hidden size-4 sm:block" />
      {say(label)}
    </Link>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="fill-primary" />
      <g fill="none" strokeWidth="2.8" strokeLinecap="round" className="stroke-primary-foreground">
        <path d="M8 9v14M8 16h7M15 9v14" />
        <path d="M21 8v16" opacity="0.65" />
        <path d="M26 12v8" opacity="0.65" />
      </g>
    </svg>
  );
}
