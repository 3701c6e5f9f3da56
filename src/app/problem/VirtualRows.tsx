import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import { classNames } from '../ui/classNames.ts';

const ROW_PX = 36;

interface VirtualRowsProps<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  /** Nothing in the rows takes the focus: then the list itself does, so that it can be scrolled by keyboard. */
  isText?: boolean;
  className?: string;
  children: (item: Item) => ReactNode;
}

/** A list of rows of one height, built for thousands: only what is on screen is in the page. */
export function VirtualRows<Item>({
  label,
  items,
  keyOf,
  isText = false,
  className,
  children,
}: VirtualRowsProps<Item>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  return (
    <div
      ref={scroller}
      {...(isText && { tabIndex: 0, role: 'group', 'aria-label': label })}
      className={classNames('scroll-thin overflow-y-auto', className)}
    >
      <ul
        {...(!isText && { 'aria-label': label })}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index];
          return (
            item !== undefined && (
              <li
                key={keyOf(item)}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                className="absolute inset-x-0"
                style={{ height: ROW_PX, top: start }}
              >
                {children(item)}
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
