import { useQuery } from '@tanstack/react-query';
import type { Schemas } from './client';
import { sessionQuery } from './queries';

type Permission = Schemas['BrowserSession']['permissions'][number];

/** Whether whoever is signed in may do that; the platform refuses what he may not, so while it is not known yet nothing is hidden. */
export function useMay(permission: Permission): boolean {
  const { data: session } = useQuery(sessionQuery);
  return session?.permissions.includes(permission) ?? true;
}
