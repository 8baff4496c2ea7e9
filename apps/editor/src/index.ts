export { editorService, startEditor } from './start';
