import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Catalogs } from '@tollgate/entitlements';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';

/** The plans of the catalog in force, for the back office. */
@ApiTags('staff')
@Controller('staff/plans')
export class PlansController {
  constructor(private readonly catalogs: Catalogs) {}

  @Get()
  @StaffRoute('tenants.read')
  @ApiOperation({ summary: 'All plans, lowest rank first' })
  index(): object {
    const plans = [...this.catalogs.current().plans.values()].toSorted((one, other) => one.rank - other.rank);
    return { data: plans.map(({ key, name, rank }) => ({ key, name, rank })) };
  }
}
