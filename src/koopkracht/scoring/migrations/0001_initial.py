import django.db.models.deletion
import koopkracht.shared.clock
from decimal import Decimal
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
            name='Method',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField(verbose_name='versie')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='reden')),
                ('active', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=koopkracht.shared.clock.now, editable=False)),
                ('created_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'subject', 'version'), name='scoring_method_version'), models.UniqueConstraint(condition=models.Q(('active', True)), fields=('organisation', 'subject'), name='scoring_method_one_active')],
            },
        ),
        migrations.CreateModel(
            name='AssessmentRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('subject_key', models.BigIntegerField()),
                ('updated_at', models.DateTimeField(default=koopkracht.shared.clock.now)),
                ('assessor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('method', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.method')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'method', 'subject', 'subject_key', 'assessor'), name='scoring_assessment_once')],
            },
        ),
        migrations.CreateModel(
            name='MethodCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=40)),
                ('parent', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('weight', models.DecimalField(decimal_places=4, max_digits=9, verbose_name='gewicht')),
                ('inverse', models.BooleanField(default=False)),
                ('explanation', models.TextField(blank=True, verbose_name='uitleg')),
                ('scale_min', models.SmallIntegerField(default=1)),
                ('scale_max', models.SmallIntegerField(default=5)),
                ('method', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='scoring.method')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'method', 'code'), name='scoring_criterion_code'), models.CheckConstraint(condition=models.Q(('weight__gte', Decimal('0'))), name='scoring_criterion_weight'), models.CheckConstraint(condition=models.Q(('scale_min__lt', models.F('scale_max'))), name='scoring_criterion_scale')],
            },
        ),
        migrations.CreateModel(
            name='ScoreRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True, verbose_name='score')),
                ('remark', models.TextField(blank=True, verbose_name='toelichting')),
                ('assessment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='scoring.assessmentrow')),
                ('criterion', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scoring.methodcriterion')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'assessment', 'criterion'), name='scoring_score_once')],
            },
        ),
    ]
