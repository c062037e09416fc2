import { useGetIdentity, UserMenu } from 'react-admin';
import { SignOutItem } from './SignOutItem.js';

/** Who is signed in, and the way out. */
export const StaffMenu = () => {
  const { identity } = useGetIdentity();
  return (
    <UserMenu label={identity?.fullName ? `${identity.fullName}, your account` : 'Your account'}>
      <SignOutItem />
    </UserMenu>
  );
};
