-- Spreads an installation over the machines of a Citus cluster by dossier.
-- Once, by a superuser, after "motcua db upgrade" on the empty database; then set MOTCUA_SPREAD=1 (scale.md).
-- tests/guards/test_citus.py holds this script against the tables that the code knows.

CREATE EXTENSION IF NOT EXISTS citus;
SET citus.enable_unsafe_triggers TO on;  -- history refuses UPDATE and DELETE by triggers on each row

-- Small and the same for all dossiers: a copy on every machine. Foreign keys of dossiers lead only here.
SELECT create_reference_table('agency');
SELECT create_reference_table('officer');
SELECT create_reference_table('posting');
SELECT create_reference_table('bundle');
SELECT create_reference_table('procedure_version');
SELECT create_reference_table('version_act');
SELECT create_reference_table('calendar');
SELECT create_reference_table('migration');

-- A dossier with everything that hangs on it lies on one machine: one command is one transaction there.
SELECT create_distributed_table('dossier', 'id');
SELECT create_distributed_table('dossier_agency', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('document', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('paper', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('history', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('history_detail', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('task', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('timer', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('job', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('subscription', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('outbox', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('incident', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('intervention', 'dossier_id', colocate_with => 'dossier');
SELECT create_distributed_table('migration_item', 'dossier_id', colocate_with => 'dossier');

-- Found by what people bring along, before the dossier is known.
SELECT create_distributed_table('dossier_key', 'key', colocate_with => 'none');
SELECT create_distributed_table('reply', 'key', colocate_with => 'none');

-- Of no dossier, and small: they stay on the coordinator.
SELECT citus_add_local_table_to_metadata('session');
SELECT citus_add_local_table_to_metadata('sign_in_attempt');
SELECT citus_add_local_table_to_metadata('tracking_miss');
SELECT citus_add_local_table_to_metadata('draft');
SELECT citus_add_local_table_to_metadata('counter');
