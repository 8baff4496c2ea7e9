export { detectCgroupLayout, type CgroupLayout } from './cgroup-layout';
export { CgroupWarmUp } from './cgroup-warm-up';
export { ControlGroup, type CgroupOutcomes } from './control-group';
export { removeEmptyGroups } from './empty-groups';
export { joinedCommand } from './join-groups';
export { killNow } from './kill-now';
