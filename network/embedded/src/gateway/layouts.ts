/**
 * The sets of organisations that suffice for an endorsement, each without a member to spare: those with the preferred one
 * first, small ones before large ones (F:internal/pkg/gateway/registry.go, endorsementPlan, which asks discovery for them
 * and shuffles). All sets are simply tried: fifteen with four organisations, thirty-one with five.
 *
 * @param suffices whether the policy holds if these, and no others, endorse
 */
export function endorsementLayouts<T>(
  organizations: readonly T[],
  preferred: T,
  suffices: (candidates: readonly T[]) => boolean,
): T[][] {
  const minimal: T[][] = [];
  for (const candidates of subsetsBySize(organizations)) {
    const hasSpare = minimal.some((smaller) => smaller.every((member) => candidates.includes(member)));
    if (!hasSpare && suffices(candidates)) minimal.push(candidates);
  }
  return minimal.sort(
    (a, b) => Number(b.includes(preferred)) - Number(a.includes(preferred)) || a.length - b.length,
  );
}

/** Every non-empty subset, smaller ones first; equal sizes in the order of the members. */
function subsetsBySize<T>(members: readonly T[]): T[][] {
  const subsets = members.reduce<T[][]>(
    (found, member) => [...found, ...found.map((set) => [...set, member])],
    [[]],
  );
  return subsets.slice(1).sort((a, b) => a.length - b.length);
}
