import django.db.models.deletion
import koopkracht.shared.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('monitoring', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PlannerAssumption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80)),
                ('value', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=300, verbose_name='reden')),
                ('changed_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('changed_by_name', models.CharField(blank=True, max_length=150)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='monitoring_planner_assumption_unique')],
            },
        ),
        migrations.CreateModel(
            name='PlannerRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('state', models.CharField(choices=[('waiting', 'Wordt berekend'), ('solved', 'Klaar'), ('impossible', 'Niet haalbaar'), ('failed', 'Mislukt'), ('decided', 'Beslist')], default='waiting', max_length=12)),
                ('request', models.JSONField(default=dict)),
                ('request_digest', models.CharField(max_length=64)),
                ('inputs', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('solver', models.CharField(blank=True, max_length=40)),
                ('gap', models.PositiveIntegerField(blank=True, null=True)),
                ('hours', models.BigIntegerField(blank=True, null=True)),
                ('dossiers', models.PositiveIntegerField(blank=True, null=True)),
                ('message', models.CharField(blank=True, max_length=300)),
                ('job_id', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('created_by_name', models.CharField(blank=True, max_length=150)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=150)),
                ('reason', models.TextField(blank=True, verbose_name='reden')),
                ('decision', models.JSONField(default=dict)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-created_at', 'id'], name='monitoring_planner_recent')],
            },
        ),
    ]
