import { useSession } from '../state/session.ts';
import { verifyPath } from '../verify/use-verify.ts';

/** Goes to the verify view and looks at what lies there. */
export function useOpenVerify(): (path: string) => void {
  const show = useSession((state) => state.show);
  return (path) => {
    show('verify');
    void verifyPath(path);
  };
}
