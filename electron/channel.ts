/** The one message between page and main process. */
export const choosePathsChannel = 'assay:choose-paths';
