export const COLUMNS = [
  { id: 'todo', name: 'To do' },
  { id: 'doing', name: 'In progress' },
  { id: 'done', name: 'Done' },
];

export const columnName = (id) => COLUMNS.find((column) => column.id === id)?.name ?? id;
