import { type ComponentType, type ReactNode, useEffect, useReducer, useState } from 'react';

/** A part of a page whose code is fetched by itself. */
export interface Later<Props> {
  (props: Props & { fallback?: ReactNode }): ReactNode;
  /** Fetches now what will be shown soon. A failure is told by the part that needs it. */
  fetchEarly(): void;
}

/**
 * Puts off a part of a page until it is there, and shows it at once when it is.
 *
 * Without Suspense: React holds back what follows a fallback for a third of a second, and an editor must not wait.
 * What cannot be fetched is thrown to the boundary around it, whose "try again" fetches again.
 */
export function later<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
): Later<Props> {
  let Part: ComponentType<Props> | undefined;
  let pending: Promise<void> | undefined;
  const fetchOnce = (): Promise<void> => {
    pending ??= fetchPart().then(
      (found) => {
        Part = found.default;
      },
      (cause: unknown) => {
        pending = undefined;
        throw cause;
      },
    );
    return pending;
  };

  function LaterPart({ fallback = null, ...props }: Props & { fallback?: ReactNode }): ReactNode {
    const [, lookAgain] = useReducer((count: number) => count + 1, 0);
    const [failure, setFailure] = useState<{ cause: unknown } | null>(null);
    useEffect(() => {
      if (Part) return;
      let isShown = true;
      fetchOnce().then(
        () => isShown && lookAgain(),
        (cause: unknown) => isShown && setFailure({ cause }),
      );
      return () => {
        isShown = false;
      };
    }, []);
    if (failure) throw failure.cause;
    return Part ? <Part {...(props as unknown as Props)} /> : fallback;
  }
  return Object.assign(LaterPart, {
    fetchEarly: () => void fetchOnce().catch(() => undefined),
  });
}
