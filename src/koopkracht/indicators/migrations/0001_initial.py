import django.db.models.deletion
import koopkracht.shared.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('subject_key', models.BigIntegerField()),
                ('name', models.CharField(max_length=200, verbose_name='naam')),
                ('kind', models.CharField(choices=[('share', 'Aandeel (%)'), ('count', 'Aantal'), ('hours', 'Uren'), ('amount', 'Bedrag (euro)'), ('yes-no', 'Ja of nee')], max_length=10)),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='eenheid')),
                ('ambition', models.TextField(blank=True, verbose_name='ambitie')),
                ('definition', models.TextField(blank=True, verbose_name='definitie')),
                ('realism', models.TextField(blank=True, verbose_name='realisme')),
                ('source', models.CharField(choices=[('computed', 'Koopkracht berekent'), ('entered', 'U vult in')], max_length=10)),
                ('measure', models.CharField(blank=True, max_length=60)),
                ('parameters', models.JSONField(blank=True, default=dict)),
                ('frequency', models.CharField(choices=[('year', 'Elk jaar'), ('quarter', 'Elk kwartaal'), ('month', 'Elke maand')], default='year', max_length=10)),
                ('direction', models.CharField(choices=[('higher', 'Hoger is beter'), ('lower', 'Lager is beter')], default='higher', max_length=10)),
                ('theme', models.CharField(blank=True, max_length=40)),
                ('data_available', models.BooleanField(default=False)),
                ('data_reliable', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'Ontwerp'), ('active', 'Actief'), ('no-data', 'Geen gegevens'), ('closed', 'Afgesloten')], default='draft', max_length=10)),
                ('activated_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('close_reason', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'subject', 'subject_key', 'id'], name='indicators_of_subject'), models.Index(fields=['organisation', 'name', 'id'], name='indicators_by_name'), models.Index(fields=['organisation', 'source', 'state', 'id'], name='indicators_by_source')],
            },
        ),
        migrations.CreateModel(
            name='Discussion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=200, verbose_name='onderwerp')),
                ('participants', models.CharField(max_length=300, verbose_name='deelnemers')),
                ('planned_on', models.DateField()),
                ('held_on', models.DateField(blank=True, null=True)),
                ('outcome', models.TextField(blank=True, verbose_name='resultaat')),
                ('recorded_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='discussions', to='indicators.indicator')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'indicator', 'planned_on', 'id'], name='indicators_discussion_when')],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('value_millionths', models.BigIntegerField()),
                ('numerator_millionths', models.BigIntegerField(blank=True, null=True)),
                ('denominator_millionths', models.BigIntegerField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('remark', models.TextField(blank=True)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('provenance', models.JSONField(blank=True, default=dict)),
                ('is_current', models.BooleanField(default=True)),
                ('recorded_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='indicators.indicator')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'indicator', 'period_start', 'id'], name='indicators_measurement_series')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('organisation', 'indicator', 'period_start', 'period_end'), name='indicators_measurement_current_unique')],
            },
        ),
        migrations.CreateModel(
            name='TargetPathVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('baseline_year', models.IntegerField(blank=True, null=True)),
                ('baseline_millionths', models.BigIntegerField(blank=True, null=True)),
                ('growth_millionths', models.BigIntegerField(blank=True, null=True)),
                ('end_year', models.IntegerField(blank=True, null=True)),
                ('end_millionths', models.BigIntegerField(blank=True, null=True)),
                ('is_current', models.BooleanField(default=True)),
                ('set_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='paths', to='indicators.indicator')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'indicator', '-id'], name='indicators_path_history')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('organisation', 'indicator'), name='indicators_path_current_unique')],
            },
        ),
    ]
