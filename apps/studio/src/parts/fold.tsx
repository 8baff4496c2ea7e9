import type { ReactNode } from 'react';
import { Collapsible } from 'radix-ui';

/** Something that is there for whoever wants it. */
export const Fold = ({
  title,
  open,
  children,
}: {
  title: ReactNode;
  open?: boolean;
  children: ReactNode;
}) => (
  <Collapsible.Root className="fold" defaultOpen={open}>
    <Collapsible.Trigger type="button">{title}</Collapsible.Trigger>
    <Collapsible.Content>{children}</Collapsible.Content>
  </Collapsible.Root>
);
